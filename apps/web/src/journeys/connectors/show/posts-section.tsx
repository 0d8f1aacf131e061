import type { ConnectorDocument, PostDocument } from '@postern/api/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../../api/session.ts'
import { ActionButton } from '../../../ui/buttons.tsx'
import { ExternalLink } from '../../../ui/external-link.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemCard } from '../../../ui/problem-card.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { latestPostsQuery } from '../connector-queries.ts'
import { useDuration } from '../use-duration.ts'
import classes from './show.module.css'

/** What the site answers right now. While the connection is known to fail or is paused, the site is left in peace. */
export function PostsSection({ connector }: { readonly connector: ConnectorDocument }) {
	const { t } = useTranslation('connectors')
	const duration = useDuration()
	const { id: workspaceId } = useWorkspace()
	const isPaused = connector.state === 'paused'
	const works = connector.diagnosis === null && !isPaused
	const posts = useQuery({ ...latestPostsQuery(workspaceId, connector.id), enabled: works })
	if (!works)
		return (
			<Section title={t('page.posts')}>
				<p className={classes.quiet}>{t(isPaused ? 'page.postsPaused' : 'page.postsNotRead')}</p>
			</Section>
		)
	return (
		<Section
			title={t('page.posts')}
			description={t('page.postsIntro')}
			actions={
				<ActionButton
					leftSection={<Icon name="refresh" />}
					isBusy={posts.isFetching}
					onClick={() => void posts.refetch()}
				>
					{t('page.readAgain')}
				</ActionButton>
			}
		>
			{posts.isPending && <Loading>{t('page.reading')}</Loading>}
			{posts.error && !posts.isFetching && <ProblemCard problem={posts.error.problem} />}
			{posts.data && (
				<>
					<div className={classes.lists}>
						<PostList title={t('page.published')} posts={posts.data.posts} none={t('page.noPosts')} />
						<PostList title={t('page.drafts')} posts={posts.data.drafts} none={t('page.noDrafts')} />
					</div>
					<p className={classes.quiet}>{t('page.postsTook', { duration: duration(posts.data.elapsedMs) })}</p>
				</>
			)}
		</Section>
	)
}

type PostListProps = { readonly title: string; readonly posts: readonly PostDocument[]; readonly none: string }

function PostList({ title, posts, none }: PostListProps) {
	return (
		<div>
			<h3 className={classes.subtitle}>{title}</h3>
			{posts.length === 0 && <p className={classes.quiet}>{none}</p>}
			<ul className={classes.posts}>
				{posts.map((post) => (
					<Post key={post.id} post={post} />
				))}
			</ul>
		</div>
	)
}

const knownStatuses = ['publish', 'future', 'draft', 'pending', 'private'] as const

function Post({ post }: { readonly post: PostDocument }) {
	const { t } = useTranslation('connectors')
	const status = knownStatuses.find((known) => known === post.status)
	const title = post.title || t('page.untitledPost')
	return (
		<li>
			{post.url === null ? <span>{title}</span> : <ExternalLink href={post.url}>{title}</ExternalLink>}
			<span className={classes.quiet}>
				{status ? t(`page.statuses.${status}`) : post.status}
				{post.at && (
					<>
						{' · '}
						<RelativeTime at={post.at} />
					</>
				)}
			</span>
		</li>
	)
}
