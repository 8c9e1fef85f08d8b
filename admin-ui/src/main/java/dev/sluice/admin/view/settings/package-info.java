/// Connections and preferences.
@NullMarked
package dev.sluice.admin.view.settings;

import org.jspecify.annotations.NullMarked;
