// SPDX-License-Identifier: Apache-2.0
package dev.hatter.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.cm.impl.SimpleFilter;
import org.apache.felix.cm.impl.persistence.CachingPersistenceManagerProxy;
import org.apache.felix.cm.impl.persistence.ExtPersistenceManager;
import org.apache.felix.cm.impl.persistence.PersistenceManagerTracker;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;

/** With what ConfigAdmin puts before it. */
class NothingKeptTest {
    private final ExtPersistenceManager admin =
            PersistenceManagerTracker.createPersistenceManagerProxy(new NothingKept());

    private static Dictionary<String, Object> pool(String name) {
        return new Hashtable<>(Map.of(
                Constants.SERVICE_PID, "pool~" + name, ConfigurationAdmin.SERVICE_FACTORYPID, "pool", "file", name));
    }

    private List<Object> pidsOf(String file) throws IOException, InvalidSyntaxException {
        return admin.getDictionaries(SimpleFilter.parse("(file=" + file + ")")).stream()
                .<Object>map(configuration -> configuration.get(Constants.SERVICE_PID))
                .toList();
    }

    @Test
    void thereIsACacheInFrontOfIt() {
        assertThat(admin).isInstanceOf(CachingPersistenceManagerProxy.class);
    }

    @Test
    void whatWasStoredIsFound() throws IOException, InvalidSyntaxException {
        assertThat(pidsOf("a")).isEmpty();
        admin.store("pool~a", pool("a"));
        admin.store("pool~b", pool("b"));
        assertThat(admin.exists("pool~a")).isTrue();
        assertThat(admin.load("pool~a").get("file")).isEqualTo("a");
        assertThat(pidsOf("b")).containsExactly("pool~b");
        assertThat(admin.getFactoryConfigurationPids(List.of("pool"))).isEqualTo(Set.of("pool~a", "pool~b"));
    }

    @Test
    void whatWasDeletedIsGone() throws IOException, InvalidSyntaxException {
        admin.store("pool~a", pool("a"));
        admin.delete("pool~a");
        assertThat(admin.exists("pool~a")).isFalse();
        assertThat(admin.load("pool~a")).isNull();
        assertThat(pidsOf("a")).isEmpty();
    }
}
