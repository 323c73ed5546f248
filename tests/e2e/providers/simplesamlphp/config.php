<?php

// SimpleSAMLphp as the identity provider of the tests. What differs between runs stands in settings.json beside this
// file, which is read anew for each request.

$here = __DIR__;
$settings = json_decode(file_get_contents("$here/settings.json"), true, 16, JSON_THROW_ON_ERROR);

$config = [
    'baseurlpath' => $settings['url'] . '/',
    'certdir' => "$here/",
    'loggingdir' => "$here/",
    'datadir' => "$here/",
    'tempdir' => "$here/temporary",
    'metadatadir' => "$here/metadata/",
    'attributenamemapdir' => "$here/",

    'secretsalt' => $settings['salt'],
    'auth.adminpassword' => $settings['salt'],
    'admin.checkforupdates' => false,
    'timezone' => 'UTC',
    'logging.handler' => 'errorlog',
    'logging.level' => SimpleSAML\Logger::INFO,
    'errorreporting' => false,

    'enable.saml20-idp' => true,
    'module.enable' => ['core' => true, 'exampleauth' => true, 'saml' => true],
    'metadata.sources' => [['type' => 'flatfile']],

    'store.type' => 'phpsession',
    'session.phpsession.cookiename' => 'SimpleSAML',
    'session.phpsession.savepath' => "$here/sessions",
    'session.phpsession.httponly' => true,
    'session.duration' => $settings['session_seconds'],
    'session.cookie.lifetime' => $settings['cookie_seconds'],
    'session.cookie.secure' => false,
    'session.cookie.samesite' => 'Lax',
    'language.available' => ['en'],
    'language.default' => 'en',
    'language.cookie.secure' => false,

    'authproc.idp' => [],
];
