/// Codecs between values of the domain and the texts that storages keep, and suggestions for
/// misspelt names.
@NullMarked
package dev.sluice.domain.text;

import org.jspecify.annotations.NullMarked;
