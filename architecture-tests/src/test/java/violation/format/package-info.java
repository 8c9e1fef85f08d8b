@NullMarked
package violation.format;

import org.jspecify.annotations.NullMarked;
