/** What tests of services need to speak to them, politely and otherwise. */
@NullMarked
package io.taskweaver.access.testing;

import org.jspecify.annotations.NullMarked;
