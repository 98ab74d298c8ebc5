# SPDX-License-Identifier: Apache-2.0
# Calls the server that the first argument names with Amazon's SDKs for Ruby, and writes what each call raised as JSON.
#
# Version 1 is the one that Debian packages with DynamoDB and EC2; version 3 serves S3, STS and the rest of its core.

require "aws-sdk-core"
require "aws-sdk-s3"
require "aws-sdk-v1"
require "json"
require "uri"

ENDPOINT = URI(ARGV.fetch(0))
KEYS = { access_key_id: "123456789012", secret_access_key: "test", region: "us-east-1" }.freeze

# Retries without their waiting; how many there are is for the journal to say.
def Kernel.sleep(*) = 0

# The error's class, code and message; or the class of what the call gave.
def outcome
  { gave: yield.class.name }
rescue StandardError => e
  { class: e.class.name, code: e.respond_to?(:code) ? e.code : nil, message: e.message }
end

AWS.config(
  **KEYS, use_ssl: false, max_retries: 2,
  **%i[dynamo_db ec2].flat_map { |name|
    [[:"#{name}_endpoint", ENDPOINT.host], [:"#{name}_port", ENDPOINT.port]]
  }.to_h
)
dynamodb = AWS::DynamoDB::Client.new(api_version: "2012-08-10")
ec2 = AWS::EC2::Client.new
options = { **KEYS, endpoint: ENDPOINT.to_s, retry_limit: 2, retry_base_delay: 0.001 }
s3 = Aws::S3::Client.new(**options, force_path_style: true)
sts = Aws::STS::Client.new(**options)
outcomes = {
  "dynamodb.GetItem" => outcome { dynamodb.get_item(table_name: "t", key: { "k" => { "s" => "v" } }) },
  "dynamodb.ListTables" => outcome { dynamodb.list_tables },
  "ec2.DescribeInstances" => outcome { ec2.describe_instances },
  "ec2.RunInstances" => outcome { ec2.run_instances(image_id: "ami-1", min_count: 1, max_count: 1) },
  "s3.GetObject" => outcome { s3.get_object(bucket: "reports", key: "2026.csv") },
  "s3.HeadObject" => outcome { s3.head_object(bucket: "reports", key: "2026.csv") },
  "s3.PutObject" => outcome { s3.put_object(bucket: "reports", key: "2026.csv", body: "b") },
  "sts.AssumeRole" => outcome {
    sts.assume_role(role_arn: "arn:aws:iam::123456789012:role/r", role_session_name: "session")
  },
  "sts.GetCallerIdentity" => outcome { sts.get_caller_identity }
}
puts JSON.generate(outcomes)
