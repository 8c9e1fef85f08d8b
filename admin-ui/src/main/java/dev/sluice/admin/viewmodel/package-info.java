/// State and actions of the console, screen by screen, without a scene graph.
///
/// Everything here is confined to the screen's thread.
@NullMarked
package dev.sluice.admin.viewmodel;

import org.jspecify.annotations.NullMarked;
