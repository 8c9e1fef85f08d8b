#!/usr/bin/env bash
# Packages the console with its own Java runtime, for machines without a JDK and without the sources.
#
#   scripts/package-console.sh
#
# Writes to target/console-package/
#
#   sluice-console/   an image that runs from any folder: bin/sluice-console [URL]
#   a package         for this kind of system, if the JDK has jpackage and the tools that it calls are installed:
#                     .deb (dpkg-deb, fakeroot), .rpm (rpmbuild), .dmg (macOS)
#
# Builds for the system and processor that it runs on. Finds the JDK as ./sluice does. Works with the bash of
# macOS.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$root/target/console-package
image=$out/sluice-console
# Intermediate files.
work=$out/parts
fonts=$root/admin-ui/src/main/resources/dev/sluice/admin/view/fonts
icon=$root/admin-ui/src/main/resources/dev/sluice/admin/view/icons/sluice-256.png

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "package-console: $*"
  exit 1
}

# Sets `jdk`, `console` (the folder of the built program) and `flags` (of its JVM).
find_console() {
  local lines
  lines=$("$root/sluice" console-files)
  {
    IFS= read -r jdk
    IFS= read -r console
    read -r -a flags
  } <<<"$lines"
}

has_tool() {
  [ -x "$jdk/bin/$1" ]
}

# The JavaFX modules become part of the runtime; everything else stays on the class path.
sort_jars() {
  mkdir -p "$work/modules" "$work/app/lib" "$work/app/licences"
  cp -p "$console/sluice-console.jar" "$work/app/"
  local jar
  for jar in "$console"/lib/*.jar; do
    case ${jar##*/} in
      # The jar without a system in its name is empty.
      javafx-*-*-*.jar) cp -p "$jar" "$work/modules/" ;;
      javafx-*) ;;
      *) cp -p "$jar" "$work/app/lib/" ;;
    esac
  done
  cp "$root/LICENSE" "$root"/admin-ui/src/main/licences/* "$work/app/licences/"
  cp "$fonts/OFL.txt" "$work/app/licences/fonts-OFL.txt"
}

# Links a runtime with only the modules that the jars use. Not compressed: it starts faster, and the package
# becomes smaller.
link_runtime() {
  local modules
  modules=$("$jdk/bin/jdeps" --ignore-missing-deps --multi-release 25 --print-module-deps \
    --module-path "$work/modules" --class-path "$work/app/lib/*" "$work/app/sluice-console.jar")
  say "Modules: $modules"
  "$jdk/bin/jlink" --module-path "$work/modules" --add-modules "$modules" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --output "$work/runtime"
}

make_image() {
  mkdir -p "$out"
  cp -Rp "$work/runtime" "$image"
  cp -Rp "$work/app" "$image/app"
  cat >"$image/bin/sluice-console" <<EOF
#!/bin/sh
# Starts Sluice's console with the Java runtime beside it: sluice-console [URL]
# SLUICE_CONSOLE_JAVA_OPTS: additional options for its JVM.
set -eu
file=\$0
while [ -L "\$file" ]; do
  link=\$(readlink "\$file")
  case \$link in
    /*) file=\$link ;;
    *) file=\$(dirname "\$file")/\$link ;;
  esac
done
home=\$(CDPATH='' cd -- "\$(dirname "\$file")/.." && pwd -P)
set -f # Options are split at spaces, without globbing.
exec "\$home/bin/java" ${flags[*]} \${SLUICE_CONSOLE_JAVA_OPTS:-} -jar "\$home/app/sluice-console.jar" "\$@"
EOF
  chmod 755 "$image/bin/sluice-console"
}

version() {
  sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' "$root/pom.xml"
}

# Makes one package; the arguments are the options of jpackage that depend on the system.
make_package() {
  local flag options=()
  for flag in "${flags[@]}"; do options+=(--java-options "$flag"); done
  "$jdk/bin/jpackage" --dest "$out" --runtime-image "$work/runtime" --input "$work/app" \
    --main-jar sluice-console.jar "${options[@]}" --license-file "$root/LICENSE" \
    --description "The operators' console of Sluice" --vendor 'The Sluice authors' \
    --copyright 'The Sluice authors' "$@"
}

# On Linux the command's name has no space, but the menu entry may have one.
write_menu_entry() {
  mkdir -p "$work/resources"
  cat >"$work/resources/sluice-console.desktop" <<'EOF'
[Desktop Entry]
Type=Application
Name=Sluice Console
Comment=The operators' console of Sluice
Exec=/opt/sluice-console/bin/sluice-console
Icon=/opt/sluice-console/lib/sluice-console.png
Terminal=false
Categories=Development;Monitor;
StartupWMClass=dev.sluice.admin.ConsoleApplication
EOF
}

# Replaces jpackage's scripts, which fail on systems without a desktop and leave a package that can neither be
# used nor removed.
write_deb_scripts() {
  cat >"$work/resources/postinst" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
  mkdir -p /usr/share/applications
  ln -sf /opt/sluice-console/lib/sluice-console.desktop /usr/share/applications/sluice-console.desktop
  ln -sf /opt/sluice-console/bin/sluice-console /usr/bin/sluice-console
fi
EOF
  cat >"$work/resources/prerm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = remove ]; then
  rm -f /usr/share/applications/sluice-console.desktop /usr/bin/sluice-console
fi
EOF
}

make_linux_package() {
  make_package --name sluice-console --app-version "$(version)" --resource-dir "$work/resources" \
    --icon "$icon" "$@"
}

make_packages() {
  has_tool jpackage || {
    say "No package built: $jdk has no jpackage."
    return
  }
  case $(uname -s) in
    Linux) make_linux_packages ;;
    # macOS rejects versions that begin with 0, so the package has jpackage's default version.
    Darwin) make_package --name 'Sluice Console' --type dmg ;;
    *) say 'No package built: only Linux and macOS are supported.' ;;
  esac
}

# The dependencies are the libraries that JavaFX loads at run time, which no tool detects.
make_linux_packages() {
  write_menu_entry
  local any=
  if command -v dpkg-deb >/dev/null && command -v fakeroot >/dev/null; then
    write_deb_scripts
    make_linux_package --type deb --linux-deb-maintainer nobody@localhost \
      --app-content "$work/resources/sluice-console.desktop" \
      --linux-package-deps 'libgtk-3-0t64 | libgtk-3-0, libxtst6, libgl1, libxxf86vm1'
    any=yes
  fi
  if command -v rpmbuild >/dev/null; then
    make_linux_package --type rpm --linux-rpm-license-type Apache-2.0 --linux-shortcut \
      --linux-package-deps 'gtk3, libXtst, libglvnd-glx, libXxf86vm'
    any=yes
  fi
  [ -n "$any" ] || say 'No package built: a .deb needs dpkg-deb and fakeroot, an .rpm needs rpmbuild.'
}

find_console
for tool in jdeps jlink; do
  has_tool "$tool" || fail "$jdk has no $tool."
done
rm -rf "$out"
sort_jars
link_runtime
make_image
make_packages
rm -rf "$work"
say "In $out:"
(cd "$out" && du -sh -- *)
