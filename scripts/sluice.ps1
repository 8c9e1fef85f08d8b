# The Windows twin of the script `sluice`: finds a JDK, builds what is to run when its sources have
# changed, and starts it. Called by sluice.cmd. Works with Windows PowerShell 5.1 and newer.
#
#   .\sluice.cmd console [URL]             the operators' desktop console
#   .\sluice.cmd check [maven arguments]   format, static analysis, architecture rules and all tests
#   .\sluice.cmd check --quick             the same without tests that start servers or processes, or are slow
#   .\sluice.cmd format                    formats the sources
#   .\sluice.cmd COMMAND ...               any other command is the server's own; see .\sluice.cmd help
#
# SLUICE_JAVA_HOME           the JDK to use
# SLUICE_JAVA_OPTS           more options for the server's JVM
# SLUICE_CONSOLE_JAVA_OPTS   more options for the console's JVM
# SLUICE_CONSOLE_RENDERING   software: the console draws without the graphics card
#
# There is no param block on purpose: it would take the program's options for its own.

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$MinJava = 25
$BuildHelpLines = 40
$WarmUpSeconds = 60

# What can be started. Each part is one module's jar with everything it needs in lib\ beside it. Its
# programs are kept in folders of target\run, each named by the part and by the content that it was
# built from. Flags are part of the AOT cache's key: the JVM refuses a cache of other settings.
$Server = @{
    Part = 'program'
    Title = 'Sluice'
    Module = 'server'
    Output = 'server\target\quick\sluice'
    Jar = 'sluice-server.jar'
    # A process that ran out of memory once looks alive and is not: it ends, and whatever watches it starts it again.
    Flags = @('-XX:+UseCompactObjectHeaders', '-XX:+UseG1GC', '-XX:+ExitOnOutOfMemoryError',
        '--enable-native-access=ALL-UNNAMED')
    WarmUp = 'warm-up'
    WarmUpFlags = @()
}
# The console's heap begins small, has room for long lists, and is given back when nobody touches it.
# The JVM's optimising compiler costs memory and processor time that a console never earns back.
# It is trained without a display, wherever it will be shown.
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

# The major version of the JDK in a folder; 0 when there is none.
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
            # A shim: only that java knows where it is.
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

# Absolute, because folders are changed later.
function Find-Jdk {
    if ($env:SLUICE_JAVA_HOME) {
        $version = Get-JdkVersion $env:SLUICE_JAVA_HOME
        if ($version -ge $MinJava) { return (Resolve-Path -LiteralPath $env:SLUICE_JAVA_HOME).Path }
        if ($version -eq 0) { Fail 2 "SLUICE_JAVA_HOME is $env:SLUICE_JAVA_HOME, and there is no JDK in it." }
        Fail 2 "SLUICE_JAVA_HOME is $env:SLUICE_JAVA_HOME, a JDK $version. Sluice needs $MinJava or newer."
    }
    foreach ($candidate in Get-JdkCandidates) {
        if ((Get-JdkVersion $candidate) -ge $MinJava) { return (Resolve-Path -LiteralPath $candidate).Path }
    }
    Fail 2 @(
        "no JDK $MinJava or newer found. Install one, for example:",
        "  winget install EclipseAdoptium.Temurin.$MinJava.JDK",
        'Or set SLUICE_JAVA_HOME to the folder of one.')
}

# ---- Maven ----------------------------------------------------------------------------------------

# Runs Maven with its output on our own streams, or all of it in a file. Gives the exit code.
function Invoke-Maven([string] $Jdk, [string[]] $Arguments, [string] $Log) {
    $env:JAVA_HOME = $Jdk
    # What Maven's own libraries do makes newer JDKs print warnings that nobody here can act on.
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

Checks format, compiler warnings, static analysis and architecture rules, and runs all tests.

  --quick             leaves out tests that start servers or processes, draw the console, or are slow;
                      for the minutes between two commits
  -Dtest=NAME         this unit test alone, also NAME#method
  -Dit.test=NAME      this process test (*IT) alone
  -pl MODULE -am      one module and what it needs
'@

function Invoke-Check([string[]] $Arguments) {
    $goal = 'verify'
    # There is no SIGTERM, no POSIX shell, no mount, no Xvfb and no package of RabbitMQ and Redis on Windows.
    $leftOut = 'sigterm,shell,mount,window,broker-packages,broker'
    $first = if ($Arguments.Count -gt 0) { $Arguments[0] } else { '' }
    if ('-h', '--help' -contains $first) {
        Write-Host $CheckUsage
        exit 0
    }
    if ($first -eq '--quick') {
        # All that is needed is done before anything is packaged.
        $goal = 'prepare-package'
        $leftOut += ',slow'
        Say ('sluice: left out are process tests (*IT), tests that start PostgreSQL, RabbitMQ, Redis or another process, ' +
            'and tests with the tag slow, which take seconds or draw the console. .\sluice.cmd check runs them all.')
        $Arguments = @('-Dcheck.quick') + @($Arguments | Select-Object -Skip 1)
    }
    foreach ($argument in $Arguments) {
        if ($argument -match '^-Dtest=(.*IT([,#].*)?)$') {
            Fail 2 "process tests (*IT) are chosen by -Dit.test=$($Matches[1]): they need the packaged program."
        }
    }
    $jdk = Find-Jdk
    $Arguments = @("-DexcludedGroups=$leftOut") + $Arguments
    # Reports of earlier runs, of tests that may be gone by now, must not be counted.
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
        Say 'sluice: tests were skipped. A test that does not run is to be mended or deleted.'
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

# The folders of the modules that the part is built from.
function Get-ModuleFolders([hashtable] $What) {
    # The console speaks HTTP with the server, and neither is built from the other.
    if ($What.Part -eq 'console') { return Join-Path $Root 'admin-ui' }
    foreach ($folder in Get-ChildItem -LiteralPath $Root -Directory) {
        if ('admin-ui', 'port-contracts', 'architecture-tests', 'process-tests', 'benchmarks' -contains $folder.Name) { continue }
        if (Test-Path -LiteralPath (Join-Path $folder.FullName 'pom.xml')) { $folder.FullName }
    }
}

# A name for the content of everything that the part is built from.
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

# An open file as the lock: Windows closes it when its owner ends, however that happens.
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

# The newest first.
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
        Fail 1 "the build failed; all it said is in $log"
    }
    # In place by one rename: another start sees the whole program or none.
    $new = Join-Path $Work 'new'
    if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new -Recurse -Force }
    Copy-Item -LiteralPath $output -Destination $new -Recurse
    Move-Item -LiteralPath $new -Destination $Program
    # Running programs read their jars from here, so the last few stay; Windows keeps those in use anyway.
    Get-Programs $What | Select-Object -Skip 3 | Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
}

# ---- AOT cache ------------------------------------------------------------------------------------

# JavaFX is made of modules, and warns when it is not loaded as such. The rest stays on the class path.
function Get-ModuleFlags([hashtable] $What, [string] $Program) {
    if ($What.Part -ne 'console') { return }
    $jars = Get-ChildItem -Path (Join-Path $Program 'lib\javafx-*.jar') | ForEach-Object { $_.FullName } | Sort-Object
    "--module-path=$($jars -join ';')"
}

# A short run of the program whose loaded classes and profiles the next starts take over.
# A try that fails leaves its log, and is not repeated: Sluice starts without, only slower.
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
    # It must not see the user's settings, or one wrong setting would cost the cache for good.
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

# Options are the user's, for the program's JVM.
function Start-Program([hashtable] $What, [string[]] $Options, [string[]] $Arguments) {
    $jdk = Find-Jdk
    $program = Join-Path $Work "$($What.Part)-$(Get-SourcesKey $What)"
    $jar = Join-Path $program $What.Jar
    $release = Get-Content -LiteralPath (Join-Path $jdk 'release') -Raw
    # A copied or moved checkout needs a new one: the JVM compares where the program lies.
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
    # The JVM refuses to start with two garbage collectors: the user's choice replaces ours.
    if ($Options -match '^-XX:\+Use\w*GC$') { $flags = $flags | Where-Object { $_ -ne '-XX:+UseG1GC' } }
    $all = @($flags) + @(Get-ModuleFlags $What $program)
    # The JVM is to be silent about a cache that does not fit: it only saves time.
    $all += @("-XX:AOTCache=$cache", '-XX:AOTMode=auto', '-Xlog:disable', '-Xlog:all=error,aot*=off,cds*=off:stderr')
    $all += $Options + @('-jar', $jar) + $Arguments
    # The program's lines on stderr are not errors of this script.
    $ErrorActionPreference = 'Continue'
    & (Join-Path $jdk 'bin\java.exe') @all
    exit $LASTEXITCODE
}

# The options of an environment variable's value.
function Split-Options([string] $Text) {
    $Text -split '\s+' | Where-Object { $_ }
}

function Start-Console([string[]] $Arguments) {
    $options = @()
    if ($env:SLUICE_CONSOLE_RENDERING -eq 'software') {
        $options += '-Dprism.order=sw'
    } elseif ($env:SLUICE_CONSOLE_RENDERING) {
        Fail 2 "SLUICE_CONSOLE_RENDERING is $env:SLUICE_CONSOLE_RENDERING; it can only be software, or not set."
    }
    $options += @(Split-Options $env:SLUICE_CONSOLE_JAVA_OPTS)
    Start-Program $Console $options $Arguments
}

$command = if ($args.Count -gt 0) { $args[0] } else { '' }
$rest = @($args | Select-Object -Skip 1)
switch ($command) {
    'check' { Invoke-Check $rest }
    'format' {
        if ($rest.Count -gt 0) { Fail 2 'format takes no arguments.' }
        exit (Invoke-Maven (Find-Jdk) @('--quiet', 'spotless:apply'))
    }
    'console' { Start-Console $rest }
    default { Start-Program $Server @(Split-Options $env:SLUICE_JAVA_OPTS) @($args) }
}
