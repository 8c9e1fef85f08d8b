/// What the console keeps and what its user types, without a screen and without a connection.
@NullMarked
package dev.sluice.admin.model;

import org.jspecify.annotations.NullMarked;
