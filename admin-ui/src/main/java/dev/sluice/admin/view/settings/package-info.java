/// Profiles and settings.
@NullMarked
package dev.sluice.admin.view.settings;

import org.jspecify.annotations.NullMarked;
