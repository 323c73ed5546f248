<?php

// AWS as a service provider: its sign-in page worldwide, and that of one region.

$settings = json_decode(file_get_contents(dirname(__DIR__) . '/settings.json'), true);
$services = [];
foreach ($settings['acs'] as $index => $location) {
    $services[] = [
        'index' => $index,
        'isDefault' => $index === 0,
        'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        'Location' => $location,
    ];
}

$metadata['urn:amazon:webservices'] = [
    'AssertionConsumerService' => $services,
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'simplesaml.attributes' => true,
    'saml20.sign.response' => true,
    'saml20.sign.assertion' => true,
    'assertion.lifetime' => $settings['assertion_seconds'],
    'authproc' => [
        10 => [
            'class' => 'saml:AttributeNameID',
            'attribute' => 'https://aws.amazon.com/SAML/Attributes/RoleSessionName',
            'Format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        ],
    ],
];
