/**
 * The database: embedded or external PostgreSQL, migrations, transactions. Only this package and the stores speak JDBC.
 */
@NullMarked
package ai.kubiya.server.db;

import org.jspecify.annotations.NullMarked;
