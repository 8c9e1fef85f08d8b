/// Codecs between values of the domain and the texts that storages keep.
@NullMarked
package dev.sluice.domain.text;

import org.jspecify.annotations.NullMarked;
