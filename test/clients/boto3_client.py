"""Reads the same events with boto3, and prints what it got as one JSON object.

Usage: boto3_client.py ENDPOINT LOG_GROUP START_SECONDS END_SECONDS; credentials and Region come from the environment.
"""
import json
import sys
import time

import boto3

endpoint, log_group, start, end = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
trail = boto3.client("cloudtrail", endpoint_url=endpoint)
logs = boto3.client("logs", endpoint_url=endpoint)
FAILED = '{ $.errorCode = "AccessDenied" }'

lookup = [
    event
    for page in trail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "EventSource", "AttributeValue": "secretsmanager.amazonaws.com"}]
    )
    for event in page["Events"]
]
denied = [
    event
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=log_group, filterPattern=FAILED)
    for event in page["events"]
]
query_id = logs.start_query(
    logGroupName=log_group,
    startTime=start,
    endTime=end,
    queryString='fields eventID | filter errorCode = "AccessDenied" | sort @timestamp asc',
)["queryId"]
while True:
    answer = logs.get_query_results(queryId=query_id)
    if answer["status"] not in ("Scheduled", "Running"):
        break
    time.sleep(0.2)
tested = logs.test_metric_filter(filterPattern=FAILED, logEventMessages=[event["message"] for event in denied[:50]])

try:
    trail.lookup_events(MaxResults=51)
    refused = None
except trail.exceptions.InvalidMaxResultsException as error:
    refused = error.response["Error"]["Code"]

print(
    json.dumps(
        {
            "version": boto3.__version__,
            "lookup": [event["EventId"] for event in lookup],
            "times": [int(event["EventTime"].timestamp()) for event in lookup],
            "denied": [json.loads(event["message"])["eventID"] for event in denied],
            "queried": [
                next(cell["value"] for cell in row if cell["field"] == "eventID") for row in answer["results"]
            ],
            "tested": len(tested["matches"]),
            "refused": refused,
        }
    )
)
