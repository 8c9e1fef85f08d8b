# The Windows version of the launcher `sluice`: finds a JDK, builds the program if its sources have changed,
# and starts it. Called by sluice.cmd. Works with Windows PowerShell 5.1 and newer.
#
#   .\sluice.cmd console [URL]             start the operators' desktop console
#   .\sluice.cmd check [maven arguments]   check format, static analysis and architecture rules, and run all tests
#   .\sluice.cmd check --quick             the same, without tests that start servers or processes, or are slow
#   .\sluice.cmd format                    format the sources
#   .\sluice.cmd COMMAND ...               run any other command of the server; see .\sluice.cmd help
#
# SLUICE_JAVA_HOME           the JDK to use
# SLUICE_JAVA_OPTS           additional options for the server's JVM
# SLUICE_CONSOLE_JAVA_OPTS   additional options for the console's JVM
# SLUICE_CONSOLE_RENDERING   software: the console renders without the graphics card
#
# Has no param block on purpose: it would consume the program's options.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$MinJava = 25
$BuildHelpLines = 40
$WarmUpSeconds = 60

# The programs. Each part is one module's jar with its dependencies in lib\ beside it. Its builds are kept in
# folders of target\run, each named by the part and a checksum of its sources. Flags are part of the AOT
# cache's key: the JVM rejects a cache that was made with other flags.
$Server = @{
    Part = 'program'
    Title = 'Sluice'
    Module = 'server'
    Output = 'server\target\quick\sluice'
    Jar = 'sluice-server.jar'
    # A process that ran out of memory may look alive although it is not, so it exits, and its supervisor restarts it.
    Flags = @('-XX:+UseCompactObjectHeaders', '-XX:+UseG1GC', '-XX:+ExitOnOutOfMemoryError',
        '--enable-native-access=ALL-UNNAMED')
    WarmUp = 'warm-up'
    WarmUpFlags = @()
}
# The console's heap starts small, can grow for long lists, and is returned to the system when idle.
# The JVM's optimising compiler would cost a console more memory and processor time than it saves.
# The training run needs no display.
$Console = @{
    Part = 'console'
    Title = "Sluice's console"
    Module = 'admin-ui'
    Output = 'admin-ui\target\quick\console'
    Jar = 'sluice-console.jar'
    Flags = @('-XX:+UseCompactObjectHeaders', '-XX:+UseG1GC', '-XX:G1PeriodicGCInterval=60000', '-Xms32m',
        '-Xmx256m', '-XX:TieredStopAtLevel=1',
        '--add-modules=javafx.controls', '--enable-native-access=javafx.graphics')
    WarmUp = '--warm-up'
    WarmUpFlags = @('-Dglass.platform=Headless', '-Dprism.order=sw', '-Djava.awt.headless=true')
}

$Root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
$Work = Join-Path $Root 'target\run'

function Say([string] $Text) {
    [Console]::Error.WriteLine($Text)
}

function Fail([int] $Status, [string[]] $Lines) {
    Say "sluice: $($Lines -join [Environment]::NewLine)"
    exit $Status
}

# ---- Java -----------------------------------------------------------------------------------------

# Returns the major version of the JDK in a folder; 0 if there is none.
function Get-JdkVersion([string] $Folder) {
    if (-not $Folder) { return 0 }
    foreach ($part in 'bin\java.exe', 'bin\javac.exe', 'lib\modules', 'release') {
        if (-not (Test-Path -LiteralPath (Join-Path $Folder $part) -PathType Leaf)) { return 0 }
    }
    foreach ($line in Get-Content -LiteralPath (Join-Path $Folder 'release')) {
        if ($line -match '^JAVA_VERSION="?(\d+)') { return [int] $Matches[1] }
    }
    return 0
}

function Get-JdkCandidates {
    $env:JAVA_HOME
    $java = Get-Command java.exe -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($java) {
        $beside = Split-Path (Split-Path $java.Path)
        if (Get-JdkVersion $beside) {
            $beside
        } else {
            # A shim: only that java knows where its JDK is.
            $ErrorActionPreference = 'Continue'
            & $java.Path -XshowSettings:properties -version 2>&1 |
                Where-Object { "$_" -match '^\s*java\.home = (.+)$' } | ForEach-Object { $Matches[1].Trim() }
        }
    }
    $patterns = @()
    foreach ($base in $env:ProgramFiles, ${env:ProgramFiles(x86)}, "$env:LOCALAPPDATA\Programs") {
        foreach ($vendor in 'Eclipse Adoptium', 'Java', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft') {
            if ($base) { $patterns += "$base\$vendor\*" }
        }
    }
    $patterns += "$env:USERPROFILE\.jdks\*", "$env:USERPROFILE\scoop\apps\*jdk*\current"
    foreach ($pattern in $patterns) {
        Get-Item -Path $pattern -ErrorAction SilentlyContinue | ForEach-Object { $_.FullName }
    }
}

# Returns an absolute path, because the working folder changes later.
function Find-Jdk {
    if ($env:SLUICE_JAVA_HOME) {
        $version = Get-JdkVersion $env:SLUICE_JAVA_HOME
        if ($version -ge $MinJava) { return (Resolve-Path -LiteralPath $env:SLUICE_JAVA_HOME).Path }
        if ($version -eq 0) { Fail 2 "SLUICE_JAVA_HOME is $env:SLUICE_JAVA_HOME, which is not the folder of a JDK." }
        Fail 2 "SLUICE_JAVA_HOME is $env:SLUICE_JAVA_HOME, a JDK $version. Sluice needs JDK $MinJava or newer."
    }
    foreach ($candidate in Get-JdkCandidates) {
        if ((Get-JdkVersion $candidate) -ge $MinJava) { return (Resolve-Path -LiteralPath $candidate).Path }
    }
    Fail 2 @(
        "no JDK $MinJava or newer found. Install one, for example:",
        "  winget install EclipseAdoptium.Temurin.$MinJava.JDK",
        'Or set SLUICE_JAVA_HOME to the folder of a JDK.')
}

# ---- Maven ----------------------------------------------------------------------------------------

# Runs Maven with its output on this script's streams, or in a file. Returns the exit code.
function Invoke-Maven([string] $Jdk, [string[]] $Arguments, [string] $Log) {
    $env:JAVA_HOME = $Jdk
    # Suppresses warnings of newer JDKs about Maven's own libraries.
    $env:MAVEN_OPTS = "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $env:MAVEN_OPTS".Trim()
    $all = @('--batch-mode', '--no-transfer-progress') + $Arguments
    $wrapper = Join-Path $Root 'mvnw.cmd'
    # A native program's line on stderr is not an error of this script.
    $ErrorActionPreference = 'Continue'
    Push-Location -LiteralPath $Root
    try {
        if ($Log) { & $wrapper @all *> $Log } else { & $wrapper @all | Out-Host }
        return $LASTEXITCODE
    } finally {
        Pop-Location
    }
}

# ---- check, format --------------------------------------------------------------------------------

function Get-ReportFolders {
    foreach ($kind in 'surefire', 'failsafe') {
        Get-Item -Path (Join-Path $Root "*\target\$kind-reports") -ErrorAction SilentlyContinue
    }
}

$CheckUsage = @'
.\sluice.cmd check [--quick] [maven arguments]

Check format, compiler warnings, static analysis and architecture rules, and run all tests.

  --quick             leave out tests that start servers or processes, render the console, or are slow;
                      for use between two commits
  -Dtest=NAME         run only this unit test, also NAME#method
  -Dit.test=NAME      run only this process test (*IT)
  -pl MODULE -am      check one module and the modules that it needs
'@

function Invoke-Check([string[]] $Arguments) {
    $goal = 'verify'
    # Windows has no SIGTERM, POSIX shell, mount, Xvfb, or packages of RabbitMQ and Redis.
    $leftOut = 'sigterm,shell,mount,window,broker-packages,broker'
    $first = if ($Arguments.Count -gt 0) { $Arguments[0] } else { '' }
    if ('-h', '--help' -contains $first) {
        Write-Host $CheckUsage
        exit 0
    }
    if ($first -eq '--quick') {
        # Everything that a quick check needs comes before the packaging.
        $goal = 'prepare-package'
        $leftOut += ',slow'
        Say ('sluice: leaving out process tests (*IT), tests that start PostgreSQL, RabbitMQ, Redis or another process, and ' +
            'tests with the tag slow, which take seconds or render the console. Run .\sluice.cmd check for all tests.')
        $Arguments = @('-Dcheck.quick') + @($Arguments | Select-Object -Skip 1)
    }
    foreach ($argument in $Arguments) {
        if ($argument -match '^-Dtest=(.*IT([,#].*)?)$') {
            Fail 2 "use -Dit.test=$($Matches[1]) for process tests (*IT): they need the packaged program."
        }
    }
    $jdk = Find-Jdk
    $Arguments = @("-DexcludedGroups=$leftOut") + $Arguments
    # Deletes reports of earlier runs, which would be counted.
    Get-ReportFolders | Remove-Item -Recurse -Force
    $status = Invoke-Maven $jdk ($Arguments + $goal)
    $all = 0; $failed = 0; $skipped = 0
    foreach ($folder in Get-ReportFolders) {
        foreach ($file in Get-ChildItem -LiteralPath $folder.FullName -Filter 'TEST-*.xml') {
            $document = New-Object System.Xml.XmlDocument
            $document.Load($file.FullName)
            $suite = $document.DocumentElement
            $all += [int] $suite.GetAttribute('tests')
            $failed += [int] $suite.GetAttribute('errors') + [int] $suite.GetAttribute('failures')
            $skipped += [int] $suite.GetAttribute('skipped')
        }
    }
    $passed = $all - $failed - $skipped
    if ($status -eq 0 -and $passed -eq 0) {
        Say 'sluice: no test ran.'
        $status = 1
    }
    if ($status -eq 0 -and $skipped -ne 0) {
        Say 'sluice: tests were skipped. Fix or delete a test that does not run.'
        $status = 1
    }
    Write-Host "$passed passed, $failed failed, $skipped skipped"
    exit $status
}

# ---- Build on first use ---------------------------------------------------------------------------

function Get-TextHash([string] $Text) {
    $sha = [System.Security.Cryptography.SHA256]::Create()
    try {
        $bytes = $sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Text))
        return [BitConverter]::ToString($bytes, 0, 8).Replace('-', '').ToLowerInvariant()
    } finally {
        $sha.Dispose()
    }
}

# Returns the folders of the modules that the part is built from.
function Get-ModuleFolders([hashtable] $What) {
    # Server and console share no code: the console uses HTTP.
    if ($What.Part -eq 'console') { return Join-Path $Root 'admin-ui' }
    foreach ($folder in Get-ChildItem -LiteralPath $Root -Directory) {
        if ('admin-ui', 'port-contracts', 'architecture-tests', 'process-tests', 'benchmarks' -contains $folder.Name) { continue }
        if (Test-Path -LiteralPath (Join-Path $folder.FullName 'pom.xml')) { $folder.FullName }
    }
}

# Returns a checksum of everything that the part is built from.
function Get-SourcesKey([hashtable] $What) {
    $paths = @((Join-Path $Root 'pom.xml'), (Join-Path $Root '.mvn'))
    foreach ($module in Get-ModuleFolders $What) {
        $paths += Join-Path $module 'pom.xml'
        $sources = Join-Path $module 'src\main'
        if (Test-Path -LiteralPath $sources) { $paths += $sources }
    }
    $lines = foreach ($path in $paths) {
        $files = if (Test-Path -LiteralPath $path -PathType Container) {
            Get-ChildItem -LiteralPath $path -Recurse -File | ForEach-Object { $_.FullName }
        } else { $path }
        foreach ($file in $files) { "$((Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash) $file" }
    }
    return Get-TextHash (($lines | Sort-Object) -join "`n")
}

# The lock is an open file: Windows closes it when its owner ends, however that happens.
function Get-Lock {
    New-Item -ItemType Directory -Force -Path $Work | Out-Null
    $told = $false
    while ($true) {
        try {
            return [System.IO.File]::Open((Join-Path $Work 'windows.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        } catch [System.IO.IOException] {
            if (-not $told) { Say 'Waiting for another build of Sluice ...' }
            $told = $true
            Start-Sleep -Seconds 1
        }
    }
}

# Returns the builds of the part, newest first.
function Get-Programs([hashtable] $What) {
    Get-ChildItem -Path (Join-Path $Work "$($What.Part)-*") -Directory | Sort-Object LastWriteTime -Descending
}

function Build-Program([hashtable] $What, [string] $Jdk, [string] $Program) {
    $log = Join-Path $Work 'build.log'
    $output = Join-Path $Root $What.Output
    if (Get-Programs $What) {
        Say "Building $($What.Title) (its sources have changed) ..."
    } else {
        Say "Building $($What.Title) (first run, about a minute) ..."
    }
    if (Test-Path -LiteralPath $output) { Remove-Item -LiteralPath $output -Recurse -Force }
    $status = Invoke-Maven $Jdk @('--quiet', '-Dquick', '-pl', $What.Module, '-am', 'package') $log
    if ($status -ne 0) {
        Get-Content -LiteralPath $log -Tail $BuildHelpLines | ForEach-Object { Say $_ }
        Fail 1 "the build failed; see $log"
    }
    # Moved into place by one rename, so that another start sees the whole program or none.
    $new = Join-Path $Work 'new'
    if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new -Recurse -Force }
    Copy-Item -LiteralPath $output -Destination $new -Recurse
    Move-Item -LiteralPath $new -Destination $Program
    # Deletes all but the last few builds, from which running programs may still read; Windows keeps files in use anyway.
    Get-Programs $What | Select-Object -Skip 3 | Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
}

# ---- AOT cache ------------------------------------------------------------------------------------

# JavaFX warns unless it is loaded as modules; everything else stays on the class path.
function Get-ModuleFlags([hashtable] $What, [string] $Program) {
    if ($What.Part -ne 'console') { return }
    $jars = Get-ChildItem -Path (Join-Path $Program 'lib\javafx-*.jar') | ForEach-Object { $_.FullName } | Sort-Object
    "--module-path=$($jars -join ';')"
}

# Runs the program briefly to record its loaded classes and profiles for later starts.
# A failed attempt leaves its log and is not repeated: Sluice starts without a cache, only slower.
function New-Cache([hashtable] $What, [string] $Jdk, [string] $Program, [string] $Cache) {
    Say 'Preparing faster starts ...'
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = Join-Path $Jdk 'bin\java.exe'
    $flags = $What.Flags + @(Get-ModuleFlags $What $Program) + $What.WarmUpFlags + "-XX:AOTCacheOutput=$Cache.try"
    $start.Arguments = (($flags | ForEach-Object { "`"$_`"" }) -join ' ') +
        " -jar `"$(Join-Path $Program $What.Jar)`" $($What.WarmUp)"
    $start.WorkingDirectory = $Program
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    # It must not see the user's settings: one wrong setting would prevent the cache permanently.
    $kept = 'PATH', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'USERPROFILE', 'COMSPEC'
    foreach ($name in @($start.EnvironmentVariables.Keys)) {
        if ($kept -notcontains $name) { $start.EnvironmentVariables.Remove($name) }
    }
    $process = [System.Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEndAsync()
    $errors = $process.StandardError.ReadToEndAsync()
    $ended = $process.WaitForExit($WarmUpSeconds * 1000)
    if (-not $ended) { $process.Kill(); $process.WaitForExit() }
    if ($ended -and $process.ExitCode -eq 0 -and (Test-Path -LiteralPath "$Cache.try")) {
        Move-Item -LiteralPath "$Cache.try" -Destination $Cache -Force
    }
    Set-Content -LiteralPath "$Cache.log" -Value ($output.Result + $errors.Result)
}

# ---- Start ----------------------------------------------------------------------------------------

# Starts the program. Options are the user's, for the JVM.
function Start-Program([hashtable] $What, [string[]] $Options, [string[]] $Arguments) {
    $jdk = Find-Jdk
    $program = Join-Path $Work "$($What.Part)-$(Get-SourcesKey $What)"
    $jar = Join-Path $program $What.Jar
    $release = Get-Content -LiteralPath (Join-Path $jdk 'release') -Raw
    # A copied or moved checkout needs a new cache: the JVM compares the program's path.
    $cache = Join-Path $program "jdk-$(Get-TextHash "$jdk $($What.Flags) $program $release").aot"
    if (-not (Test-Path -LiteralPath $jar) -or -not (Test-Path -LiteralPath "$cache.log")) {
        $lock = Get-Lock
        try {
            if (-not (Test-Path -LiteralPath $jar)) { Build-Program $What $jdk $program }
            if (-not (Test-Path -LiteralPath "$cache.log")) { New-Cache $What $jdk $program $cache }
        } finally {
            $lock.Dispose()
        }
    }
    $flags = $What.Flags
    # The JVM refuses two garbage collectors: the user's choice replaces the default.
    if ($Options -match '^-XX:\+Use\w*GC$') { $flags = $flags | Where-Object { $_ -ne '-XX:+UseG1GC' } }
    $all = @($flags) + @(Get-ModuleFlags $What $program)
    # Suppresses the JVM's messages about a cache that does not fit: a cache only saves time.
    $all += @("-XX:AOTCache=$cache", '-XX:AOTMode=auto', '-Xlog:disable', '-Xlog:all=error,aot*=off,cds*=off:stderr')
    $all += $Options + @('-jar', $jar) + $Arguments
    # The program's lines on stderr are not errors of this script.
    $ErrorActionPreference = 'Continue'
    & (Join-Path $jdk 'bin\java.exe') @all
    exit $LASTEXITCODE
}

# Splits the value of an environment variable into options.
function Split-Options([string] $Text) {
    $Text -split '\s+' | Where-Object { $_ }
}

function Start-Console([string[]] $Arguments) {
    $options = @()
    if ($env:SLUICE_CONSOLE_RENDERING -eq 'software') {
        $options += '-Dprism.order=sw'
    } elseif ($env:SLUICE_CONSOLE_RENDERING) {
        Fail 2 "SLUICE_CONSOLE_RENDERING is $env:SLUICE_CONSOLE_RENDERING. Set it to software, or unset it."
    }
    $options += @(Split-Options $env:SLUICE_CONSOLE_JAVA_OPTS)
    Start-Program $Console $options $Arguments
}

$command = if ($args.Count -gt 0) { $args[0] } else { '' }
$rest = @($args | Select-Object -Skip 1)
switch ($command) {
    'check' { Invoke-Check $rest }
    'format' {
        if ($rest.Count -gt 0) { Fail 2 'format takes no arguments; it always formats all sources.' }
        exit (Invoke-Maven (Find-Jdk) @('--quiet', 'spotless:apply'))
    }
    'console' { Start-Console $rest }
    default { Start-Program $Server @(Split-Options $env:SLUICE_JAVA_OPTS) @($args) }
}
