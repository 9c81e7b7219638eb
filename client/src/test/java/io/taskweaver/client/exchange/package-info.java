@NullMarked
package io.taskweaver.client.exchange;

import org.jspecify.annotations.NullMarked;
