/// Changes as they happen, for watchers: a bounded log of them, and their exchange between nodes.
@NullMarked
package dev.sluice.application.stream;

import org.jspecify.annotations.NullMarked;
