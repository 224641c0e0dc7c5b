/** A client of the REST API on the command line. */
@NullMarked
package io.fincore.dev.cli;

import org.jspecify.annotations.NullMarked;
