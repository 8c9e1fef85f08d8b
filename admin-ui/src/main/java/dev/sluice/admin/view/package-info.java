/// What is seen: layout and bindings, one class for each part of a screen. No class here asks the
/// service for anything.
@NullMarked
package dev.sluice.admin.view;

import org.jspecify.annotations.NullMarked;
