@NullMarked
package violation.adapter.broker.codec;

import org.jspecify.annotations.NullMarked;
