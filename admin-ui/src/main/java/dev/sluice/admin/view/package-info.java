/// The user interface: layout and bindings, one class for each part of a screen. No class here
/// sends requests to the service.
@NullMarked
package dev.sluice.admin.view;

import org.jspecify.annotations.NullMarked;
