// SPDX-License-Identifier: Apache-2.0
// Awry by Testcontainers for Java: org.testcontainers:junit-jupiter, software.amazon.awssdk:kinesis.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

@Testcontainers
class AwryContainerTest {
    @Container
    static final GenericContainer<?> AWRY = new GenericContainer<>(DockerImageName.parse("awry:0.1.0"))
            .withExposedPorts(4566)
            .waitingFor(Wait.forHttp("/_awry/health"));

    @Test
    void describeStreamIsTriedAgain() throws Exception {
        post("rules", "{\"match\": \"kinesis.ListStreams\", \"times\": 2, \"error\": \"ServiceUnavailable\"}");
        try (KinesisClient kinesis = KinesisClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            kinesis.listStreams();
        }
        post("verify", "{\"expect\": [{\"match\": \"kinesis.ListStreams\", \"calls\": 1, \"attempts\": 3}]}");
    }

    private static URI endpoint() {
        return URI.create("http://" + AWRY.getHost() + ":" + AWRY.getMappedPort(4566));
    }

    private static void post(String call, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(endpoint().resolve("/_awry/" + call))
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        Assertions.assertTrue(answer.statusCode() < 300, answer.body());
    }
}
