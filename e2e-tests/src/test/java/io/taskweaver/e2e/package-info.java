/** The program as a user types it, and the topics as a stranger reads them. */
@NullMarked
package io.taskweaver.e2e;

import org.jspecify.annotations.NullMarked;
