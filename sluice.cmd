@echo off
rem Sluice's launcher on Windows; implemented in scripts\sluice.ps1.
setlocal
set "SHELL_PROGRAM=powershell"
where /q pwsh && set "SHELL_PROGRAM=pwsh"
"%SHELL_PROGRAM%" -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0scripts\sluice.ps1" %*
exit /b %ERRORLEVEL%
