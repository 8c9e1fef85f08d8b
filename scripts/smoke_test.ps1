# Tests the main functions of a service: health, metrics, an event that completes, one that fails. The PowerShell
# version of smoke_test.sh. Works with Windows PowerShell 5.1, and with PowerShell 7 on any system.
#
#   scripts\smoke_test.ps1                                        starts a service, and stops it afterwards
#   $env:SLUICE_URL = 'http://host:8080'; scripts\smoke_test.ps1  uses a running service; the failing event takes
#                                                                 as long as its retries there, and needs DEMO=on
#
# SLUICE_KEY            operator key, if the service needs one
# SLUICE_WAIT_SECONDS   how long to wait for each step (default: 60; 600 for the start, which may build)
#
# Windows has no SIGTERM: there the service is killed, and the drain is not checked.

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

# Runs a script block as a named step, and prints ok if it returns true, else FAILED.
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

# Repeats a check until it returns true, for at most the given seconds.
function Wait-Until([int] $Seconds, [scriptblock] $Check) {
    $end = (Get-Date).AddSeconds($Seconds)
    while (-not (& $Check)) {
        if ((Get-Date) -gt $end) { return $false }
        Start-Sleep -Milliseconds 200
    }
    return $true
}

# ---- Requests -------------------------------------------------------------------------------------

# Whether the response body at a path contains a text.
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

# Reads a file that another process may be writing.
function Read-Shared([string] $File) {
    if (-not (Test-Path -LiteralPath $File)) { return '' }
    $stream = [System.IO.File]::Open($File, 'Open', 'Read', 'ReadWrite')
    $reader = New-Object System.IO.StreamReader($stream)
    try { return $reader.ReadToEnd() } finally { $reader.Dispose() }
}

# The address is in the single line that the service prints when it is up.
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
        # In an empty folder, so that no sluice.yaml is read.
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
        # Without the handle, the exit code of an ended process is not available.
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

# 143 is the exit code of a JVM after SIGTERM.
function Stop-Service-Under-Test {
    Send-Stop
    if (-not (Wait-Until $Limit { $script:Service.HasExited })) { return $false }
    return $OnWindows -or $script:Service.ExitCode -in 0, 143
}

# ---- The test -------------------------------------------------------------------------------------

function Test-Events {
    Step 'healthy' { Test-Body '/health' '"status":"ok"' }
    Step 'metrics are available' { Test-Body '/metrics' 'sluice_' }

    $good = "smoke-good-$Run"
    Step 'an event is accepted' { Send-Event "{`"event_id`":`"$good`",`"payload`":{`"hello`":`"world`"}}" }
    Step 'it is completed' { Wait-Until $Limit { Test-Body "/events/$good" '"status":"completed"' } }

    $bad = "smoke-bad-$Run"
    Step 'a failing event is accepted' { Send-Event "{`"event_id`":`"$bad`",`"payload`":{`"fail`":true}}" }
    Step 'it becomes a dead letter' { Wait-Until $Limit { Test-Body '/dead-letters?limit=500' "`"$bad`"" } }
}

$null = New-Item -ItemType Directory -Path $Work
try {
    if (-not $script:Url) { Step 'the service starts' { Start-Service-Under-Test } }
    if ($script:Failures -eq 0) {
        Step "ready at $script:Url" { Wait-Until $Limit { Test-Body '/ready' '"ready":true' } }
    }
    if ($script:Failures -eq 0) { Test-Events }
    if ($script:Service -and -not $script:Service.HasExited) {
        Step 'the service stops' { Stop-Service-Under-Test }
        if (-not $OnWindows) {
            Step 'nothing is left unfinished' { (Read-Shared $LogFile) -match 'stopped: .*nothing is left' }
        }
    }
    if ($script:Failures -gt 0) {
        $log = Read-Shared $LogFile
        if ($log) { Write-Host "--- last lines of the service log:"; ($log -split "`n") | Select-Object -Last 20 | Write-Host }
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
