
$headers = [];
foreach (array_slice($argv, 3) as $name) {
    [$key, $value] = explode('=', $name, 2);
    $headers[$key] = $value;
}
echo isValid($argv[1], $headers, file_get_contents($argv[2])) ? 'true' : 'false';
