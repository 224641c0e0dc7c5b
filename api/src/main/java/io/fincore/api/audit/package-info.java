/** Who changed what: what requests say of themselves, and the log that admins read. */
@NullMarked
package io.fincore.api.audit;

import org.jspecify.annotations.NullMarked;
