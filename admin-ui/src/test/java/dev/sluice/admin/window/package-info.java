/// The console as its users have it: the packaged program in a real window before the real service.
@NullMarked
package dev.sluice.admin.window;

import org.jspecify.annotations.NullMarked;
