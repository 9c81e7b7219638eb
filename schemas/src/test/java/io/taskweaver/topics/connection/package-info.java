@NullMarked
package io.taskweaver.topics.connection;

import org.jspecify.annotations.NullMarked;
