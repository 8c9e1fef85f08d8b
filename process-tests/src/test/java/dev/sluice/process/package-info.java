/// Tests of the packaged programs as separate processes. They use only what users of the product
/// can use, and none of its classes.
@NullMarked
package dev.sluice.process;

import org.jspecify.annotations.NullMarked;
