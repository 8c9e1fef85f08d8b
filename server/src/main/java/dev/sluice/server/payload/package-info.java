/// What looks into payloads: the demo handler and the comparison of duplicates.
@NullMarked
package dev.sluice.server.payload;

import org.jspecify.annotations.NullMarked;
