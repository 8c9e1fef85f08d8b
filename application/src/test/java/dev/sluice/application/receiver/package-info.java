@NullMarked
package dev.sluice.application.receiver;

import org.jspecify.annotations.NullMarked;
