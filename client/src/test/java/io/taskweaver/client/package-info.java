/** Rules of the client. */
@NullMarked
package io.taskweaver.client;

import org.jspecify.annotations.NullMarked;
