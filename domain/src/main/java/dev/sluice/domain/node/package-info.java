/// The nodes that share a storage, as each of them reports itself.
@NullMarked
package dev.sluice.domain.node;

import org.jspecify.annotations.NullMarked;
