/** For tests of services: clients that do what they should not. */
@NullMarked
package io.taskweaver.access.testing;

import org.jspecify.annotations.NullMarked;
