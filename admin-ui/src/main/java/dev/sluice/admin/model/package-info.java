/// Settings, queries and texts of the console, independent of the user interface and the
/// connection.
@NullMarked
package dev.sluice.admin.model;

import org.jspecify.annotations.NullMarked;
