/** How people repair a saga that cannot go on by itself. */
@NullMarked
package io.fincore.workflows.repair;

import org.jspecify.annotations.NullMarked;
