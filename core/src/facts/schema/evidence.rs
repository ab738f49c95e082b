//! Facts from a running system: what Docker, Compose and Prometheus said when they were asked. Optional.

use crate::facts::row::tables;

tables! {
    /// A container as a saved `docker inspect`, `docker stats` or `docker compose ps` shows it, one row for each.
    pub struct EvidenceContainer in "evidence_container" {
        /// `inspect`, `stats` or `ps`.
        #[indexed] source: &'static str,
        /// The container's name.
        #[indexed] name: String,
        /// The compose service, where it is told.
        #[indexed] service: Option<String>,
        /// The compose project, where it is told.
        project: Option<String>,
        /// The image.
        image: Option<String>,
        /// `running`, `restarting`, `exited` …
        state: Option<String>,
        /// `healthy`, `unhealthy`, `starting`; NULL without a health check.
        health: Option<String>,
        /// How often it was restarted.
        restart_count: Option<i64>,
        /// The exit code.
        exit_code: Option<i64>,
        /// Whether the kernel killed it for want of memory.
        was_oom_killed: bool,
        /// Bytes of memory in use.
        memory_used: Option<i64>,
        /// Bytes of memory that it may use; NULL for no limit.
        memory_limit: Option<i64>,
        /// CPU in use, in percent of one core.
        cpu_percent: Option<f64>,
        /// Processes and threads.
        pids: Option<i64>,
    }

    /// A scrape target as Prometheus lists it.
    pub struct EvidenceTarget in "evidence_target" {
        /// The job.
        #[indexed] job: String,
        /// The instance.
        #[indexed] instance: String,
        /// The URL that is scraped.
        scrape_url: Option<String>,
        /// `up`, `down` or `unknown`.
        #[indexed] health: String,
        /// The last error.
        last_error: Option<String>,
    }
}
