# Tries the main things on a service: health, metrics, an event that completes, one that fails. The
# twin of smoke_test.sh. Works with Windows PowerShell 5.1 and with PowerShell 7 everywhere.
#
#   scripts\smoke_test.ps1                                      starts a service of its own and stops it again
#   $env:SLUICE_URL = 'http://host:8080'; scripts\smoke_test.ps1  uses one that runs; a failing event there
#                                                               takes as long as its retries do, and takes DEMO=on
#
# SLUICE_KEY            an operator's key, where the service asks for one
# SLUICE_WAIT_SECONDS   how long to wait for each thing (60; the first start builds: 600)
#
# Windows has no SIGTERM: there the service is ended, and whether it drained is not looked at.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$OnWindows = $PSVersionTable.PSVersion.Major -lt 6 -or $IsWindows
$Root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
$Work = Join-Path ([System.IO.Path]::GetTempPath()) "sluice-smoke-$([guid]::NewGuid().ToString('N'))"
$OutFile = Join-Path $Work 'out'
$LogFile = Join-Path $Work 'log'
$Run = [guid]::NewGuid().ToString('N').Substring(0, 12)
$Headers = @{}
if ($env:SLUICE_KEY) { $Headers['Authorization'] = "Bearer $env:SLUICE_KEY" }
$Limit = 60
$StartLimit = 600
if ($env:SLUICE_WAIT_SECONDS) { $Limit = $StartLimit = [int] $env:SLUICE_WAIT_SECONDS }

$script:Url = "$env:SLUICE_URL".TrimEnd('/')
$script:Service = $null
$script:Failures = 0

# ---- Steps ----------------------------------------------------------------------------------------

# Prints ok or FAILED for a named check, which is a script block that gives true or false.
function Step([string] $Name, [scriptblock] $Check) {
    $passed = $false
    try { $passed = [bool] (& $Check) } catch { Write-Host "        $($_.Exception.Message)" }
    if ($passed) {
        Write-Host "ok      $Name"
    } else {
        Write-Host "FAILED  $Name"
        $script:Failures++
    }
}

# Runs a check until it gives true, up to some seconds.
function Wait-Until([int] $Seconds, [scriptblock] $Check) {
    $end = (Get-Date).AddSeconds($Seconds)
    while (-not (& $Check)) {
        if ((Get-Date) -gt $end) { return $false }
        Start-Sleep -Milliseconds 200
    }
    return $true
}

# ---- Requests -------------------------------------------------------------------------------------

# Whether the body at a path has a text in it.
function Test-Body([string] $Path, [string] $Text) {
    try {
        $answer = Invoke-WebRequest -UseBasicParsing -TimeoutSec 10 -Headers $Headers -Uri "$script:Url$Path"
        return "$($answer.Content)".Contains($Text)
    } catch {
        return $false
    }
}

function Send-Event([string] $Json) {
    $answer = Invoke-WebRequest -UseBasicParsing -TimeoutSec 10 -Headers $Headers -Uri "$script:Url/events" `
        -Method Post -ContentType 'application/json' -Body $Json
    return $answer.StatusCode -eq 202
}

# ---- The service ----------------------------------------------------------------------------------

# The text of a file that another process may be writing.
function Read-Shared([string] $File) {
    if (-not (Test-Path -LiteralPath $File)) { return '' }
    $stream = [System.IO.File]::Open($File, 'Open', 'Read', 'ReadWrite')
    $reader = New-Object System.IO.StreamReader($stream)
    try { return $reader.ReadToEnd() } finally { $reader.Dispose() }
}

# The address stands in the one line that the service prints when it is up.
function Test-Listening {
    if ((Read-Shared $OutFile) -match 'listens on (http:[^ ,]+),') { $script:Url = $Matches[1] }
    return $script:Url -or $script:Service.HasExited
}

function Start-Service-Under-Test {
    $settings = @{
        PORT = '0'; BIND_ADDRESS = '127.0.0.1'; MAX_RETRIES = '1'; RETRY_BASE_MS = '10'; LOG_LEVEL = 'info'
        DATA_DIR = Join-Path $Work 'data'
    }
    $before = @{}
    foreach ($name in $settings.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $settings[$name])
    }
    try {
        # In an empty folder, so that nobody's sluice.yaml is read.
        $how = @{
            WorkingDirectory = $Work; RedirectStandardOutput = $OutFile; RedirectStandardError = $LogFile
            PassThru = $true
        }
        if ($OnWindows) {
            $how.FilePath = Join-Path $Root 'sluice.cmd'
            $how.NoNewWindow = $true
        } else {
            $how.FilePath = Join-Path $Root 'sluice'
        }
        $script:Service = Start-Process @how -ArgumentList 'serve'
        # Without its handle a process that has ended does not tell its exit code.
        $null = $script:Service.Handle
    } finally {
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }
    }
    return (Wait-Until $StartLimit { Test-Listening }) -and $script:Url
}

function Send-Stop {
    if ($OnWindows) {
        # The JVM is a child of the script that started it.
        & taskkill.exe /T /F /PID $script:Service.Id | Out-Null
    } else {
        & /bin/sh -c "kill -TERM $($script:Service.Id)"
    }
}

# 143 is how a JVM ends when it is asked to.
function Stop-Service-Under-Test {
    Send-Stop
    if (-not (Wait-Until $Limit { $script:Service.HasExited })) { return $false }
    return $OnWindows -or $script:Service.ExitCode -in 0, 143
}

# ---- The test -------------------------------------------------------------------------------------

function Test-Events {
    Step 'healthy' { Test-Body '/health' '"status":"ok"' }
    Step 'metrics are there' { Test-Body '/metrics' 'sluice_' }

    $good = "smoke-good-$Run"
    Step 'an event is accepted' { Send-Event "{`"event_id`":`"$good`",`"payload`":{`"hello`":`"world`"}}" }
    Step 'it is completed' { Wait-Until $Limit { Test-Body "/events/$good" '"status":"completed"' } }

    $bad = "smoke-bad-$Run"
    Step 'an event that fails is accepted' { Send-Event "{`"event_id`":`"$bad`",`"payload`":{`"fail`":true}}" }
    Step 'it is in the dead letters' { Wait-Until $Limit { Test-Body '/dead-letters?limit=500' "`"$bad`"" } }
}

$null = New-Item -ItemType Directory -Path $Work
try {
    if (-not $script:Url) { Step 'the service starts' { Start-Service-Under-Test } }
    if ($script:Failures -eq 0) {
        Step "ready at $script:Url" { Wait-Until $Limit { Test-Body '/ready' '"ready":true' } }
    }
    if ($script:Failures -eq 0) { Test-Events }
    if ($script:Service -and -not $script:Service.HasExited) {
        Step 'the service stops when asked to' { Stop-Service-Under-Test }
        if (-not $OnWindows) {
            Step 'nothing was left undone' { (Read-Shared $LogFile) -match 'stopped: .*nothing is left' }
        }
    }
    if ($script:Failures -gt 0) {
        $log = Read-Shared $LogFile
        if ($log) { Write-Host "--- the last the service said:"; ($log -split "`n") | Select-Object -Last 20 | Write-Host }
        Write-Host 'smoke test FAILED'
        exit 1
    }
    Write-Host 'smoke test passed'
    exit 0
} finally {
    if ($script:Service -and -not $script:Service.HasExited) {
        try { Send-Stop; $null = Wait-Until 10 { $script:Service.HasExited } } catch { }
        if (-not $script:Service.HasExited) { $script:Service.Kill() }
    }
    Remove-Item -LiteralPath $Work -Recurse -Force -ErrorAction SilentlyContinue
}
