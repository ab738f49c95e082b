from prometheus_client import Counter

feedback = Counter("feedback_total", "Feedback", ["kind"])
predictions = Counter("predictions_total", "Predictions", ["sentiment", "level"])
answers = Counter("answers_total", "Answers", ["level", "sentiment"])
