<?php

// The people of settings.json: NAME => [password, attributes].

$people = [];
foreach (json_decode(file_get_contents(__DIR__ . '/settings.json'), true)['people'] as $name => $person) {
    $people["$name:" . $person['password']] = $person['attributes'];
}

$config = ['people' => ['exampleauth:UserPass'] + $people];
