from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ARN = "arn:aws:bedrock:{}::foundation-model/lab.talker-v1:0"
ANSWER = {
    "inferenceProfileSummaries": [
        {
            "inferenceProfileId": "us.lab.talker-v1:0",
            "inferenceProfileName": "US Talker",
            "models": [{"modelArn": ARN.format("us-west-2")}, {"modelArn": ARN.format("us-east-1")}],
            "status": "ACTIVE",
            "type": "SYSTEM_DEFINED",
        },
        {"inferenceProfileId": "odd", "models": [{}, {"modelArn": "not:an:arn"}, {"modelArn": "arn:a:b:::x"}]},
        {"inferenceProfileId": "bare"},
    ]
}


def test_bedrock_profiles() -> None:
    assert models("bedrock_profiles", ANSWER) == {
        "us.lab.talker-v1:0": ModelFacts(
            id="us.lab.talker-v1:0",
            name="US Talker",
            regions=("us-east-1", "us-west-2"),
            aliases=("lab.talker-v1:0",),
        ),
        "odd": ModelFacts(id="odd"),
        "bare": ModelFacts(id="bare"),
    }
