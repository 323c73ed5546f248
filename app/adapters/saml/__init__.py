"""SAML responses: found in what a page posts or a person pastes, and read. Nothing is opened, nothing is believed.

Whoever wrote the document may be hostile: a document that two readers could understand differently is refused. Whether
its signature is good is for STS to say.
"""
