/// Keys: made, looked up, taken back.
@NullMarked
package dev.sluice.application.access;

import org.jspecify.annotations.NullMarked;
