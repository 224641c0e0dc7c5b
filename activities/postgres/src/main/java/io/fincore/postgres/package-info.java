/** Roles, migrations in their order, and a real PostgreSQL for development and tests. */
@NullMarked
package io.fincore.postgres;

import org.jspecify.annotations.NullMarked;
