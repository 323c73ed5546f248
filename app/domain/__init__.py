"""Values and rules, pure: no clock, event loop, file, network, Qt or logging.

Text becomes a value here, once, and is checked against the limits of the STS API reference on the way.
`now` is always an argument: an aware `datetime` in UTC. Durations are seconds.
"""
