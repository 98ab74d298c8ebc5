# SPDX-License-Identifier: Apache-2.0
# Writes and reads a stream of the server that the first argument names with version 1 of Amazon's SDK for Ruby.

require "aws-sdk-v1"
require "json"
require "uri"

endpoint = URI(ARGV.fetch(0))
AWS.config(
  access_key_id: "123456789012", secret_access_key: "test", region: "us-east-1", use_ssl: false, max_retries: 0,
  kinesis_endpoint: endpoint.host, kinesis_port: endpoint.port
)
kinesis = AWS::Kinesis::Client.new(api_version: "2013-12-02")
kinesis.create_stream(stream_name: "ruby", shard_count: 2)
kinesis.put_record(stream_name: "ruby", data: "one", partition_key: "k")
batch = %w[two three].map { |each| { data: each, partition_key: "k" } }
failed = kinesis.put_records(stream_name: "ruby", records: batch)[:failed_record_count]
shards = kinesis.describe_stream(stream_name: "ruby")[:stream_description][:shards].map { |each| each[:shard_id] }
read = shards.flat_map { |shard|
  where = { stream_name: "ruby", shard_id: shard, shard_iterator_type: "TRIM_HORIZON" }
  iterator = kinesis.get_shard_iterator(**where)[:shard_iterator]
  kinesis.get_records(shard_iterator: iterator)[:records].map { |each| each[:data] }
}
refusal =
  begin
    kinesis.describe_stream(stream_name: "nowhere")
  rescue AWS::Kinesis::Errors::ResourceNotFoundException => e
    e.message
  end
puts JSON.generate({ failed: failed, shards: shards, read: read, refusal: refusal })
