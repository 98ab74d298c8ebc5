// SPDX-License-Identifier: Apache-2.0
#include "cguide.h"

// The guide lies in the program, so that `awry help TOPIC` works wherever the program was copied to. A page is added in
// two places here; a test compares them with the folder.
static const unsigned char Architecture[] = {
#embed "../awry/Documentation.docc/Architecture.md"
};
static const unsigned char Auth[] = {
#embed "../awry/Documentation.docc/Auth.md"
};
static const unsigned char Awry[] = {
#embed "../awry/Documentation.docc/Awry.md"
};
static const unsigned char Cognito[] = {
#embed "../awry/Documentation.docc/Cognito.md"
};
static const unsigned char CognitoIdentity[] = {
#embed "../awry/Documentation.docc/CognitoIdentity.md"
};
static const unsigned char CognitoPages[] = {
#embed "../awry/Documentation.docc/CognitoPages.md"
};
static const unsigned char CognitoTriggers[] = {
#embed "../awry/Documentation.docc/CognitoTriggers.md"
};
static const unsigned char Containers[] = {
#embed "../awry/Documentation.docc/Containers.md"
};
static const unsigned char Credentials[] = {
#embed "../awry/Documentation.docc/Credentials.md"
};
static const unsigned char Exceptions[] = {
#embed "../awry/Documentation.docc/Exceptions.md"
};
static const unsigned char Fakes[] = {
#embed "../awry/Documentation.docc/Fakes.md"
};
static const unsigned char Faults[] = {
#embed "../awry/Documentation.docc/Faults.md"
};
static const unsigned char IAM[] = {
#embed "../awry/Documentation.docc/IAM.md"
};
static const unsigned char Kinesis[] = {
#embed "../awry/Documentation.docc/Kinesis.md"
};
static const unsigned char OtherMocks[] = {
#embed "../awry/Documentation.docc/OtherMocks.md"
};
static const unsigned char Packs[] = {
#embed "../awry/Documentation.docc/Packs.md"
};
static const unsigned char Policies[] = {
#embed "../awry/Documentation.docc/Policies.md"
};
static const unsigned char Proxy[] = {
#embed "../awry/Documentation.docc/Proxy.md"
};
static const unsigned char Pytest[] = {
#embed "../awry/Documentation.docc/Pytest.md"
};
static const unsigned char Retries[] = {
#embed "../awry/Documentation.docc/Retries.md"
};
static const unsigned char Running[] = {
#embed "../awry/Documentation.docc/Running.md"
};
static const unsigned char S3[] = {
#embed "../awry/Documentation.docc/S3.md"
};
static const unsigned char S3Front[] = {
#embed "../awry/Documentation.docc/S3Front.md"
};
static const unsigned char SQS[] = {
#embed "../awry/Documentation.docc/SQS.md"
};
static const unsigned char Scenarios[] = {
#embed "../awry/Documentation.docc/Scenarios.md"
};
static const unsigned char Upstream[] = {
#embed "../awry/Documentation.docc/Upstream.md"
};

#define PAGE(name) { #name, name, sizeof name }

const awry_page awry_guide[] = {
    PAGE(Architecture),
    PAGE(Auth),
    PAGE(Awry),
    PAGE(Cognito),
    PAGE(CognitoIdentity),
    PAGE(CognitoPages),
    PAGE(CognitoTriggers),
    PAGE(Containers),
    PAGE(Credentials),
    PAGE(Exceptions),
    PAGE(Fakes),
    PAGE(Faults),
    PAGE(IAM),
    PAGE(Kinesis),
    PAGE(OtherMocks),
    PAGE(Packs),
    PAGE(Policies),
    PAGE(Proxy),
    PAGE(Pytest),
    PAGE(Retries),
    PAGE(Running),
    PAGE(S3),
    PAGE(S3Front),
    PAGE(SQS),
    PAGE(Scenarios),
    PAGE(Upstream),
};

const size_t awry_guide_count = sizeof awry_guide / sizeof awry_guide[0];
